package dev.sluice.srtp.dtls;

final class Placeholder {}
