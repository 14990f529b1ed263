package com.shareuptime.streams.sink;

import com.shareuptime.streams.deadletter.DeadLetter;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.YieldingOperatorFactory;

/** Hands the task's mailbox to the operator. */
final class CoalescingSinkOperatorFactory<K, T> extends AbstractStreamOperatorFactory<DeadLetter>
    implements OneInputStreamOperatorFactory<T, DeadLetter>, YieldingOperatorFactory<DeadLetter> {
  private static final long serialVersionUID = 1;

  private final CoalescingSink<K, T> sink;
  private final TypeInformation<T> type;

  CoalescingSinkOperatorFactory(CoalescingSink<K, T> sink, TypeInformation<T> type) {
    this.sink = sink;
    this.type = type;
    setChainingStrategy(ChainingStrategy.ALWAYS);
  }

  @Override
  @SuppressWarnings("unchecked") // the only operator that this makes
  public <O extends StreamOperator<DeadLetter>> O createStreamOperator(
      StreamOperatorParameters<DeadLetter> parameters) {
    var operator = new CoalescingSinkOperator<>(sink, type, getMailboxExecutor());
    operator.setProcessingTimeService(processingTimeService);
    operator.setup(
        parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
    return (O) operator;
  }

  @Override
  @SuppressWarnings("rawtypes") // Flink's signature
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
    return CoalescingSinkOperator.class;
  }
}
