/** The model of the product's tables: a draft for a database, and whether a model fits it. */
package com.shareuptime.streams.cli.model;
