package dev.sluice.rtp.h265;

/**
 * Profile, tier and level of a stream (H.265 section 7.4.4), as RFC 7798 section 7.1 names them.
 *
 * @param profileId general_profile_idc: 1 Main, 2 Main 10
 * @param tier general_tier_flag: 0 Main, 1 High
 * @param levelId general_level_idc: thirty times the level
 */
public record H265Profile(int profileId, int tier, int levelId) {}
