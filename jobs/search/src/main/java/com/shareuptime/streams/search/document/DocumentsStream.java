package com.shareuptime.streams.search.document;

import com.shareuptime.streams.search.DocumentKey;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;

/**
 * The documents as a stream. Its input is keyed in parts and broadcast in one (news of generations
 * goes to every subtask), which only a transformation made by hand can say.
 */
public final class DocumentsStream extends SingleOutputStreamOperator<DocumentWrite> {

  private DocumentsStream(
      StreamExecutionEnvironment env,
      OneInputTransformation<DocumentInput, DocumentWrite> transformation) {
    super(env, transformation);
  }

  /**
   * @param told what has a document
   * @param generations what has none
   */
  public static SingleOutputStreamOperator<DocumentWrite> of(
      DataStream<DocumentInput> told,
      DataStream<DocumentInput> generations,
      AssembleDocument documents) {
    StreamExecutionEnvironment env = told.getExecutionEnvironment();
    DataStream<DocumentInput> input =
        told.keyBy(DocumentInput::document, DocumentKey.TYPE).union(generations.broadcast());
    var transformation =
        new OneInputTransformation<>(
            input.getTransformation(),
            "documents",
            documents,
            DocumentWrite.TYPE,
            env.getParallelism(),
            false);
    transformation.setStateKeySelector(DocumentInput::document);
    transformation.setStateKeyType(DocumentKey.TYPE);
    env.addOperator(transformation);
    return new DocumentsStream(env, transformation).uid("documents");
  }
}
