package dev.sluice.ice;

final class Placeholder {}
