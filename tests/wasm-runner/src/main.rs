//! Runs tests that were compiled for the browser, in a browser: the test runner of
//! wasm-bindgen, in the version that Cargo.lock names, so that nothing has to be installed.
//! It never does anything of its own.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
