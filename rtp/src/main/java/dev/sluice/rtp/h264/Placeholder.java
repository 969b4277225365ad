package dev.sluice.rtp.h264;

final class Placeholder {}
