package com.shareuptime.streams.cli.option;

import com.shareuptime.streams.contract.Id;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the id of a row from the command line. */
public final class IdConverter implements ITypeConverter<Id> {
  @Override
  public Id convert(String text) {
    try {
      return Id.parse(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not an id");
    }
  }
}
