/** STUN codec, lite and full ICE agents, without I/O. */
module dev.sluice.ice {
  requires static transitive org.jspecify;

  exports dev.sluice.ice;
}
