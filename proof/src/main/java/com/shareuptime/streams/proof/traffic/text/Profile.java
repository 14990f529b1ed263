package com.shareuptime.streams.proof.traffic.text;

/**
 * How a user appears beside what he writes.
 *
 * @param avatarUrl null if he has no picture
 */
public record Profile(String username, String displayName, String avatarUrl, boolean isVerified) {}
