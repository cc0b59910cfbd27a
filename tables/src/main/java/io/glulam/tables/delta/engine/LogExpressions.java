package io.glulam.tables.delta.engine;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.engine.ExpressionHandler;
import io.delta.kernel.expressions.Expression;
import io.delta.kernel.expressions.ExpressionEvaluator;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.expressions.PredicateEvaluator;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructType;
import java.util.Arrays;

/** Evaluates what a replay of the log needs: literals and selections. Glulam gives the kernel no predicates. */
final class LogExpressions implements ExpressionHandler {
    @Override
    public ExpressionEvaluator getEvaluator(StructType schema, Expression expression, DataType type) {
        if (!(expression instanceof Literal literal)) {
            throw new UnsupportedOperationException("an expression that no replay of the log needs: " + expression);
        }
        Object value = literal.getValue();
        return new ExpressionEvaluator() {
            @Override
            public ColumnVector eval(ColumnarBatch batch) {
                return new Values(type, batch.getSize(), row -> value);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public PredicateEvaluator getPredicateEvaluator(StructType schema, Predicate predicate) {
        throw new UnsupportedOperationException("a predicate that no replay of the log needs: " + predicate);
    }

    @Override
    public ColumnVector createSelectionVector(boolean[] values, int from, int to) {
        boolean[] own = Arrays.copyOfRange(values, from, to);
        return new Values(BooleanType.BOOLEAN, own.length, row -> own[row]);
    }
}
