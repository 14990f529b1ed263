package com.shareuptime.streams.proof.traffic;

/**
 * Two sessions do something to one row at once, as two tabs or the retry of a client do. The first
 * makes the row and takes it away, several times perhaps; the second makes it too, and so waits for
 * the end of the first. Postgres has logged the row of the second by then, before the first took
 * its own away: the order of the log is not the order of the commits.
 *
 * @param add what the first session does
 * @param remove what it does then
 * @param rounds how often the first session does both
 * @param rollsBack whether it then takes all of it back
 * @param addAgain what the second session does
 */
record Race(
    Interaction add, Interaction remove, int rounds, boolean rollsBack, Interaction addAgain)
    implements Operation {}
