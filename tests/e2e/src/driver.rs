//! The browser's driver: a process on a free port, ended with the value that stands for it.

use crate::setup;
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// How often it is started before that counts as a failure.
const TRIES: u8 = 3;

/// A driver that runs.
pub struct Driver {
    address: String,
    process: Child,
}

impl Driver {
    /// Starts one and waits until it listens. It finds itself a free port, and ends at once where another
    /// program was quicker to take it: then it is started again.
    pub async fn start() -> Result<Self> {
        let program = setup::driver()?;
        for _ in 0..TRIES {
            if let Some(driver) = Self::listening(&program).await? {
                return Ok(driver);
            }
        }
        bail!("{} ended {TRIES} times without listening", program.display())
    }

    async fn listening(program: &Path) -> Result<Option<Self>> {
        let mut command = Command::new(program);
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut process = command.spawn().with_context(|| format!("could not start {}", program.display()))?;
        let output = process.stdout.take().context("the driver's output")?;
        let mut lines = BufReader::new(output).lines();
        while let Some(line) = lines.next_line().await? {
            if let Some((_, port)) = line.rsplit_once("started successfully on port ") {
                let address = format!("http://127.0.0.1:{}", port.trim().trim_end_matches('.'));
                return Ok(Some(Self { address, process }));
            }
        }
        Ok(None)
    }

    /// The number of its process, from which the browser's descend.
    pub fn process(&self) -> u32 {
        self.process.id().unwrap_or_default()
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }
}
