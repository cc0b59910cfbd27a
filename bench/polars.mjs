// The contender Polars: node polars.mjs IN OUT.
import { createRequire } from "node:module";

const polars = createRequire(new URL("./target/", import.meta.url))("nodejs-polars").default;
const [input, output] = process.argv.slice(2);
await polars
  .scanParquet(input)
  .sinkParquet(output, { compression: "snappy", rowGroupSize: 1_000_000, maintainOrder: true })
  .collect();
