package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.local.Addresses;

/** What all parts of the simulated backend work with. */
record Backend(Addresses addresses, Texts texts, Announcements announcements, TrafficStats stats) {}
