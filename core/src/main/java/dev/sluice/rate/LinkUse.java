package dev.sluice.rate;

/** What delay tells of a link: a queue grows, shrinks, or does neither. */
enum LinkUse {
  UNDER,
  NORMAL,
  OVER
}
