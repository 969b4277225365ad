"""A viewer made of GStreamer's webrtcbin.

Arguments: an encoding name and the elements that decode it. Writes its offer, in Base64, as a line
to standard output, reads the answer as one from standard input, then writes a line for each picture.
"""

import base64
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402


def say(what):
    print(what, flush=True)


def on_pad(_peer, pad):
    if pad.direction != Gst.PadDirection.SRC:
        return
    description = sys.argv[2] + " ! fakesink name=out signal-handoffs=true sync=false"
    decoder = Gst.parse_bin_from_description(description, True)
    decoder.get_by_name("out").connect("handoff", lambda *_: say("picture"))
    pipeline.add(decoder)
    decoder.sync_state_with_parent()
    pad.link(decoder.get_static_pad("sink"))


def on_offer(promise, _):
    reply = promise.get_reply()  # owns the offer
    offer = reply.get_value("offer")
    peer.emit("set-local-description", offer, Gst.Promise.new())
    say(base64.b64encode(offer.sdp.as_text().encode()).decode())
    threading.Thread(target=read_answer, daemon=True).start()


def read_answer():
    sdp = base64.b64decode(sys.stdin.readline()).decode()
    _, message = GstSdp.SDPMessage.new_from_text(sdp)
    answer = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, message)
    peer.emit("set-remote-description", answer, Gst.Promise.new())
    sys.stdin.read()  # until the test is done
    loop.quit()


Gst.init(None)
loop = GLib.MainLoop()
pipeline = Gst.Pipeline.new("viewer")
peer = Gst.ElementFactory.make("webrtcbin", "peer")
peer.set_property("bundle-policy", GstWebRTC.WebRTCBundlePolicy.MAX_BUNDLE)
pipeline.add(peer)
caps = Gst.Caps.from_string(
    "application/x-rtp,media=video,clock-rate=90000,payload=96,encoding-name=" + sys.argv[1]
)
peer.connect("pad-added", on_pad)
peer.emit("add-transceiver", GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY, caps)
pipeline.set_state(Gst.State.PLAYING)
peer.emit("create-offer", None, Gst.Promise.new_with_change_func(on_offer, None))
loop.run()
pipeline.set_state(Gst.State.NULL)
