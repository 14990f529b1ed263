package com.shareuptime.streams.contract;

import java.io.Serializable;

/**
 * An entity whose rows can be counted for.
 *
 * @param view {@code posts}: has a row for each target
 * @param ids what its ids are
 */
public record TargetEntity(Target.Type type, String view, IdKind ids) implements Serializable {}
