/** A host that runs on the class path, on the module path and in an image of its own. */
module dev.sluice.consumers.plain {
  requires dev.sluice;
  requires dev.sluice.consumers;
  requires jdk.httpserver;
}
