"""A camera: camera.py PORT udp|tcp none|digest|basic serves rtsp://127.0.0.1:PORT/cam, and a smaller picture
under /sub, to me:secret."""
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer

Gst.init(None)
port, transport, authentication = sys.argv[1:4]


def stream(width, height):
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(
        f"( videotestsrc is-live=true ! video/x-raw,width={width},height={height},framerate=25/1"
        " ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25"
        " ! rtph264pay name=pay0 pt=96"
        " audiotestsrc is-live=true ! opusenc ! rtpopuspay name=pay1 pt=97 )"
    )
    factory.set_shared(True)
    factory.set_protocols(
        GstRtsp.RTSPLowerTrans.TCP if transport == "tcp" else GstRtsp.RTSPLowerTrans.UDP
    )
    return factory


streams = {"/cam": stream(320, 240), "/sub": stream(160, 120)}
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(port)
if authentication != "none":
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth = GstRtspServer.RTSPAuth()
    if authentication == "digest":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest("me", "secret", token)
    else:
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic("me", "secret"), token)
    server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    for factory in streams.values():
        factory.set_permissions(permissions)
for path, factory in streams.items():
    server.get_mount_points().add_factory(path, factory)
server.attach(None)
GLib.timeout_add_seconds(300, sys.exit)
GLib.MainLoop().run()
