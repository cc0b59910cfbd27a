// The contender Polars: node polars.mjs IN OUT CODEC.
import { createRequire } from "node:module";

const polars = createRequire(new URL("./target/", import.meta.url))("nodejs-polars").default;
const [input, output, compression] = process.argv.slice(2);
await polars
  .scanParquet(input)
  .sinkParquet(output, { compression, rowGroupSize: 1_000_000, maintainOrder: true })
  .collect();
