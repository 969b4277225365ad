/** What every host here does. */
module dev.sluice.consumers {
  requires transitive dev.sluice;
  requires io.netty.common;
  requires static org.jspecify;

  exports dev.sluice.consumers;
}
