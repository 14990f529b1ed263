package com.shareuptime.streams.embed.vector;

import java.io.Serializable;

/**
 * How vectors are computed.
 *
 * @param threads of each subtask that compute
 * @param batch texts that are computed together at most; a checkpoint waits for one batch at most
 * @param linger milliseconds that a text waits for others at most
 * @param retention milliseconds for which deleted documents are remembered
 * @param maxStateAge milliseconds that a state may be old
 */
public record VectorSettings(int threads, int batch, long linger, long retention, long maxStateAge)
    implements Serializable {}
