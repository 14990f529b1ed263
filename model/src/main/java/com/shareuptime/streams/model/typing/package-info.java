/**
 * Gives each expression its type by Postgres' rules, refuses what is wrong for its types, and
 * compiles the rest.
 */
package com.shareuptime.streams.model.typing;
