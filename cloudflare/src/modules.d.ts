declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}

declare const process: { readonly env: { readonly NODE_ENV?: string } };
