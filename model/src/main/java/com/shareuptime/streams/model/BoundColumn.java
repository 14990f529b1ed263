package com.shareuptime.streams.model;

import com.shareuptime.streams.model.evaluation.Computation;

/**
 * What computes a canonical column of one branch.
 *
 * @param sql the same as SQL, with the default and without the condition that it is not null
 * @param nullable whether it may be null before the default
 * @param value computes it, without its default
 * @param otherwise what a null becomes, if it is like no other column
 */
record BoundColumn(
    CanonicalColumn canonical, String sql, boolean nullable, Computation value, Object otherwise) {}
