package dev.sluice.srtp;

final class Placeholder {}
