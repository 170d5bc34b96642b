//! Where the app's time goes: the browser's own sampling while something is done, printed by function. Only where
//! `cargo xtask bench --profiling` asks for it, with a site that keeps the names; figures taken meanwhile count for
//! nothing.

use super::stage::{Stage, Which};
use e2e::{Result, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How many functions are printed.
const PRINTED: usize = 25;
/// Between two samples, in microseconds.
const INTERVAL: u32 = 200;

/// Whether samples are taken.
pub fn is_wanted() -> bool {
    std::env::var_os("BENCH_PROFILING").is_some()
}

/// Does something in the app while samples are taken, where they are wanted.
pub async fn of<T>(stage: &Stage, what: &str, work: impl AsyncFnOnce() -> Result<T>) -> Result<T> {
    if !is_wanted() || stage.which() != Which::Ours {
        return work().await;
    }
    let command = async |name, parameters| stage.page().devtools(name, parameters).await;
    command("Profiler.enable", json!({})).await?;
    command("Profiler.setSamplingInterval", json!({ "interval": INTERVAL })).await?;
    command("Profiler.start", json!({})).await?;
    let done = work().await?;
    print(what, &command("Profiler.stop", json!({})).await?["profile"]);
    Ok(done)
}

/// Prints in which functions the time was spent: in themselves, and with all that they called.
fn print(what: &str, profile: &Value) {
    let nodes: BTreeMap<u64, &Value> = list(&profile["nodes"]).map(|node| (number(&node["id"]), node)).collect();
    let parents: BTreeMap<u64, u64> =
        nodes.iter().flat_map(|(&id, node)| list(&node["children"]).map(move |child| (number(child), id))).collect();
    let (mut own, mut whole) = (BTreeMap::new(), BTreeMap::new());
    for (sample, time) in list(&profile["samples"]).zip(list(&profile["timeDeltas"])) {
        let (id, time) = (number(sample), time.as_f64().unwrap_or_default() / 1_000.0);
        let name =
            |id: &u64| nodes.get(id).map_or("?", |node| node["callFrame"]["functionName"].as_str().unwrap_or("?"));
        *own.entry(name(&id)).or_insert(0.0) += time;
        // A function that calls itself counts once.
        let stack: BTreeSet<&str> =
            std::iter::successors(Some(id), |id| parents.get(id).copied()).map(|id| name(&id)).collect();
        for name in stack {
            *whole.entry(name).or_insert(0.0) += time;
        }
    }
    for (title, times) in [("in itself", own), ("with what it calls", whole)] {
        println!("\n{what}: ms {title}");
        let mut all: Vec<(&str, f64)> =
            times.into_iter().filter(|(name, _)| !["(idle)", "(root)"].contains(name)).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        for (name, time) in all.into_iter().take(PRINTED) {
            println!("{time:>9.1}  {}", name.chars().take(140).collect::<String>());
        }
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}
