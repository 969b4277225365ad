package dev.sluice.examples.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.mp4parser.boxes.iso14496.part12.AbstractMediaHeaderBox;
import org.mp4parser.boxes.iso14496.part12.ChunkOffsetBox;
import org.mp4parser.boxes.iso14496.part12.DataEntryUrlBox;
import org.mp4parser.boxes.iso14496.part12.DataInformationBox;
import org.mp4parser.boxes.iso14496.part12.DataReferenceBox;
import org.mp4parser.boxes.iso14496.part12.FileTypeBox;
import org.mp4parser.boxes.iso14496.part12.HandlerBox;
import org.mp4parser.boxes.iso14496.part12.MediaBox;
import org.mp4parser.boxes.iso14496.part12.MediaHeaderBox;
import org.mp4parser.boxes.iso14496.part12.MediaInformationBox;
import org.mp4parser.boxes.iso14496.part12.MovieBox;
import org.mp4parser.boxes.iso14496.part12.MovieExtendsBox;
import org.mp4parser.boxes.iso14496.part12.MovieExtendsHeaderBox;
import org.mp4parser.boxes.iso14496.part12.MovieHeaderBox;
import org.mp4parser.boxes.iso14496.part12.SampleDescriptionBox;
import org.mp4parser.boxes.iso14496.part12.SampleFlags;
import org.mp4parser.boxes.iso14496.part12.SampleSizeBox;
import org.mp4parser.boxes.iso14496.part12.SampleTableBox;
import org.mp4parser.boxes.iso14496.part12.SampleToChunkBox;
import org.mp4parser.boxes.iso14496.part12.SoundMediaHeaderBox;
import org.mp4parser.boxes.iso14496.part12.StaticChunkOffsetBox;
import org.mp4parser.boxes.iso14496.part12.TimeToSampleBox;
import org.mp4parser.boxes.iso14496.part12.TrackBox;
import org.mp4parser.boxes.iso14496.part12.TrackExtendsBox;
import org.mp4parser.boxes.iso14496.part12.TrackHeaderBox;
import org.mp4parser.boxes.iso14496.part12.VideoMediaHeaderBox;

/** What a file begins with (ISO/IEC 14496-12, section 8.2): tracks, and that fragments follow. */
final class FileHeader {
  /** ticks a second of the movie's own times */
  static final int TIMESCALE = 1000;

  private final Date creation;
  private final List<RecordedTrack> tracks;

  /**
   * Describes a file.
   *
   * @param tracks all that it will have
   * @param start the moment that it begins at
   */
  FileHeader(List<RecordedTrack> tracks, Instant start) {
    this.tracks = tracks;
    creation = Date.from(start);
  }

  /**
   * {@return its bytes}
   *
   * @param duration of all fragments in ticks of {@link #TIMESCALE}; 0 as long as it is not known
   */
  ByteBuffer bytes(long duration) throws IOException {
    MovieBox movie = new MovieBox();
    movie.addBox(movieHeader());
    tracks.forEach(track -> movie.addBox(track(track)));
    movie.addBox(extension(duration));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<String> brands = List.of("iso6", "mp41");
    new FileTypeBox("iso6", 0, brands).getBox(Channels.newChannel(bytes));
    movie.getBox(Channels.newChannel(bytes));
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  private MovieHeaderBox movieHeader() {
    MovieHeaderBox header = new MovieHeaderBox();
    header.setCreationTime(creation);
    header.setModificationTime(creation);
    header.setTimescale(TIMESCALE);
    header.setNextTrackId(tracks.size() + 1L);
    return header;
  }

  private TrackBox track(RecordedTrack track) {
    TrackHeaderBox header = new TrackHeaderBox();
    header.setEnabled(true);
    header.setInMovie(true);
    header.setCreationTime(creation);
    header.setModificationTime(creation);
    header.setTrackId(track.id());
    header.setVolume(track.isVideo() ? 0 : 1);
    header.setWidth(track.format().width());
    header.setHeight(track.format().height());
    TrackBox box = new TrackBox();
    box.addBox(header);
    box.addBox(media(track));
    return box;
  }

  private MediaBox media(RecordedTrack track) {
    MediaHeaderBox header = new MediaHeaderBox();
    header.setCreationTime(creation);
    header.setModificationTime(creation);
    header.setTimescale(track.clockRate());
    header.setLanguage("und");
    HandlerBox handler = new HandlerBox();
    handler.setHandlerType(track.isVideo() ? "vide" : "soun");
    handler.setName(track.description().name());
    MediaInformationBox information = new MediaInformationBox();
    information.addBox(mediaHeader(track));
    information.addBox(dataInThisFile());
    information.addBox(sampleTable(track));
    MediaBox media = new MediaBox();
    media.addBox(header);
    media.addBox(handler);
    media.addBox(information);
    return media;
  }

  private static AbstractMediaHeaderBox mediaHeader(RecordedTrack track) {
    return track.isVideo() ? new VideoMediaHeaderBox() : new SoundMediaHeaderBox();
  }

  private static DataInformationBox dataInThisFile() {
    DataEntryUrlBox url = new DataEntryUrlBox();
    url.setFlags(1);
    DataReferenceBox reference = new DataReferenceBox();
    reference.addBox(url);
    DataInformationBox information = new DataInformationBox();
    information.addBox(reference);
    return information;
  }

  /** without samples: fragments have those */
  private static SampleTableBox sampleTable(RecordedTrack track) {
    SampleDescriptionBox descriptions = new SampleDescriptionBox();
    descriptions.addBox(track.format().entry());
    ChunkOffsetBox noChunks = new StaticChunkOffsetBox();
    SampleTableBox table = new SampleTableBox();
    table.addBox(descriptions);
    table.addBox(new TimeToSampleBox());
    table.addBox(new SampleToChunkBox());
    table.addBox(new SampleSizeBox());
    table.addBox(noChunks);
    return table;
  }

  private MovieExtendsBox extension(long duration) {
    MovieExtendsHeaderBox header = new MovieExtendsHeaderBox();
    header.setVersion(1);
    header.setFragmentDuration(duration);
    MovieExtendsBox extension = new MovieExtendsBox();
    extension.addBox(header);
    for (RecordedTrack track : tracks) {
      TrackExtendsBox defaults = new TrackExtendsBox();
      defaults.setTrackId(track.id());
      defaults.setDefaultSampleDescriptionIndex(1);
      defaults.setDefaultSampleFlags(new SampleFlags());
      extension.addBox(defaults);
    }
    return extension;
  }
}
