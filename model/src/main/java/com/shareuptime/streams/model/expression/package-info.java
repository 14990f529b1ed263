/**
 * The expressions that a model may hold, as values: what was written and where, without types. They
 * know neither the parser that reads them nor a database.
 */
package com.shareuptime.streams.model.expression;
