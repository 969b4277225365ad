package dev.sluice;

final class Placeholder {}
