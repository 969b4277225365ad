import { fields, show } from './dom.js';
import { showList } from './list.js';
import { showPlayer } from './player.js';
import { showPublisher } from './publish.js';

const streamName = decodeURIComponent(location.pathname).replace(/^\/|\/$/g, '');
const publishes = new URLSearchParams(location.search).has('publish');
if (streamName && publishes) {
  showPublisher(streamName, fields(show('publish-view')));
} else if (streamName) {
  showPlayer(streamName);
} else {
  showList();
}
