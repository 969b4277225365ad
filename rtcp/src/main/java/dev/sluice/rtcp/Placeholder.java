package dev.sluice.rtcp;

final class Placeholder {}
