//! Memory that only the page's process has, after the collector has run. Read from the system's own account of the
//! process, so only where there is such a one (Linux); elsewhere the part is empty.

use super::stage::{Stage, Which};
use super::{LARGE, SIZES, Size, median};
use crate::report::{Bar, Row};
use e2e::{Result, json};
use std::fs;
use std::path::Path;

/// Browsers for each page and size.
const ROUNDS: usize = 3;
/// What the app may have more than the bare page where both are small.
const MORE: f64 = 15.0;

/// The part's rows.
pub async fn rows() -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    if !Path::new("/proc/self/smaps_rollup").exists() {
        return Ok(rows);
    }
    for size in &SIZES {
        let (mut ours, mut a) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            ours.push(with(Which::Ours, size).await?);
            a.push(with(Which::A, size).await?);
        }
        let bar = if size.marks == LARGE.marks { Bar::Times(1.0) } else { Bar::Plus(MORE) };
        rows.push(Row::new("private bytes", size.name, median(&ours)).unit("MB").against("A", median(&a)).bar(bar));
    }
    Ok(rows)
}

async fn with(which: Which, size: &Size) -> Result<f64> {
    let stage = Stage::with_file(which, &size.file()).await?;
    for _ in 0..2 {
        stage.page().devtools("HeapProfiler.collectGarbage", json!({})).await?;
        stage.js("bench.quiet(200)").await?;
    }
    let profile = stage.page().folder().join("profile");
    let private = renderers(&profile).into_iter().map(private).fold(0.0, f64::max);
    stage.close().await?;
    Ok(private)
}

/// The processes that show pages of the browser with a profile. One of them may wait for a page; it is small.
fn renderers(profile: &Path) -> Vec<u32> {
    let words =
        |id: u32| fs::read(format!("/proc/{id}/cmdline")).map(|all| String::from_utf8_lossy(&all).replace('\0', " "));
    let parent = |id: u32| {
        let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        status.lines().find_map(|line| line.strip_prefix("PPid:"))?.trim().parse::<u32>().ok()
    };
    let is_browser =
        |id: u32| words(id).is_ok_and(|all| all.contains(&*profile.to_string_lossy()) && !all.contains("--type="));
    let of_browser = |id: u32| std::iter::successors(Some(id), |&id| parent(id).filter(|&id| id > 1)).any(is_browser);
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = all.filter_map(|entry| entry.file_name().to_string_lossy().parse::<u32>().ok());
    ids.filter(|&id| words(id).is_ok_and(|all| all.contains("--type=renderer")) && of_browser(id)).collect()
}

/// What only this process has, in megabytes.
fn private(id: u32) -> f64 {
    let account = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
    let lines = account.lines().filter(|line| line.starts_with("Private_Clean:") || line.starts_with("Private_Dirty:"));
    lines.filter_map(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok()).sum::<f64>() / 1_024.0
}
