//! What a run depends on: the machine, the browser, the day, the sources. It changes nothing.

use crate::browser::stage::Stage;
use e2e::{Result, Value, json, origin};

/// As it is kept with the results.
pub async fn describe() -> Result<Value> {
    let stage = Stage::start().await?;
    let version = stage.page().devtools("Browser.getVersion", json!({})).await?;
    stage.close().await?;
    let mut machine = native();
    machine["browser"] = version["product"].clone();
    Ok(machine)
}

/// The same where no browser takes part.
pub fn native() -> Value {
    json!({
        "date": origin::today(),
        "revision": origin::revision(),
        "browser": "no browser",
        "processors": std::thread::available_parallelism().map_or(0, usize::from),
        "system": std::env::consts::OS,
        "architecture": std::env::consts::ARCH,
    })
}
