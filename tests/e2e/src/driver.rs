//! The browser's driver: a process on a free port, ended with the value that stands for it.

use crate::setup;
use anyhow::{Context, Result, bail};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A driver that runs.
pub struct Driver {
    address: String,
    _process: Child,
}

impl Driver {
    /// Starts one and waits until it listens.
    pub async fn start() -> Result<Self> {
        let program = setup::driver()?;
        let mut command = Command::new(&program);
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut process = command.spawn().with_context(|| format!("could not start {}", program.display()))?;
        let output = process.stdout.take().context("the driver's output")?;
        let mut lines = BufReader::new(output).lines();
        while let Some(line) = lines.next_line().await? {
            if let Some((_, port)) = line.rsplit_once("started successfully on port ") {
                let address = format!("http://127.0.0.1:{}", port.trim().trim_end_matches('.'));
                return Ok(Self { address, _process: process });
            }
        }
        bail!("{} ended without listening", program.display())
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }
}
