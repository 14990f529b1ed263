/**
 * From the text of a model to expressions. JSqlParser is known here and nowhere else; what it reads
 * otherwise than Postgres would is refused, never half understood.
 */
package com.shareuptime.streams.model.syntax;
