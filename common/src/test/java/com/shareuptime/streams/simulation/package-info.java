/**
 * Runs a job's real operators in one thread, every choice drawn from one seed: which channel
 * delivers next, when checkpoints, deaths, restores and rescales happen, what the product does
 * meanwhile. No servers and no threads, so thousands of histories a minute. The page
 * docs/simulation.md says what it draws and what it cannot; {@link
 * com.shareuptime.streams.simulation.SimulationTest} is the example to begin from.
 *
 * <ul>
 *   <li>{@link com.shareuptime.streams.simulation.SimulatedJob}: the job's own {@code build}, with
 *       {@link com.shareuptime.streams.simulation.SimulatedSource}s and {@link
 *       com.shareuptime.streams.simulation.SimulatedWriter}s at its ends, planned by Flink at any
 *       parallelism.
 *   <li>{@link com.shareuptime.streams.simulation.SimulatedRun}: one execution of it; {@code step},
 *       {@code settle}, {@code checkpoint}, {@code die}, {@code thaw}.
 *   <li>{@link com.shareuptime.streams.simulation.SimulatedTopic}, {@link
 *       com.shareuptime.streams.simulation.SimulatedStore}: what is around it.
 *   <li>{@link com.shareuptime.streams.simulation.Histories}: draws histories, and of one that
 *       fails prints seed, number, shortest prefix and trace.
 *   <li>{@link com.shareuptime.streams.simulation.Simulation}: what all of one history shares; what
 *       a writer or function must find, it asks for by name when it opens.
 * </ul>
 *
 * <p>Knows no job and no table of the product but those that ingest copies.
 */
package com.shareuptime.streams.simulation;
