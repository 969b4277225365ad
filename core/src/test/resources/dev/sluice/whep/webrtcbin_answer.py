"""A sender made of GStreamer's webrtcbin.

Arguments: an encoding name and the elements that make its RTP packets. Reads an offer, in Base64, as
a line from standard input, writes its answer with all candidates as one to standard output, and then
sends until standard input ends.
"""

import base64
import re
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402


def on_answer(promise, _):
    reply = promise.get_reply()  # owns the answer
    answer = reply.get_value("answer")
    peer.emit("set-local-description", answer, Gst.Promise.new())


def on_remote(_promise, _):
    peer.emit("create-answer", None, Gst.Promise.new_with_change_func(on_answer, None))


def on_gathering(_peer, _):
    if peer.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
        sdp = peer.get_property("local-description").sdp.as_text()
        print(base64.b64encode(sdp.encode()).decode(), flush=True)


def on_input(_channel, _condition):
    loop.quit()
    return False


Gst.init(None)
loop = GLib.MainLoop()
offer = base64.b64decode(sys.stdin.readline()).decode()
payload_type = re.search(r"a=rtpmap:(\d+) " + sys.argv[1] + "/", offer).group(1)
pipeline = Gst.parse_launch(
    "webrtcbin name=peer bundle-policy=max-bundle "
    + sys.argv[2]
    + " pt=" + payload_type
    + " ! application/x-rtp,media=video,encoding-name=" + sys.argv[1]
    + ",payload=" + payload_type
    + " ! peer."
)
peer = pipeline.get_by_name("peer")
peer.connect("notify::ice-gathering-state", on_gathering)
pipeline.set_state(Gst.State.PLAYING)
_, message = GstSdp.SDPMessage.new_from_text(offer)
remote = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.OFFER, message)
peer.emit(
    "set-remote-description", remote, Gst.Promise.new_with_change_func(on_remote, None)
)
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.HUP, on_input)
loop.run()
pipeline.set_state(Gst.State.NULL)
