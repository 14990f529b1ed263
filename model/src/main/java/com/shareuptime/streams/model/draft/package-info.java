/** Guesses a model from the names and keys of a database, for a person to correct. */
package com.shareuptime.streams.model.draft;
