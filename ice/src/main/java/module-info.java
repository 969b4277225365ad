/** STUN codec and ICE-lite agent, without I/O. */
module dev.sluice.ice {
  requires static transitive org.jspecify;

  exports dev.sluice.ice;
}
