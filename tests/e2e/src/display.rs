//! A screen that nobody sees, for browsers that know no other way to be without a window.

use crate::setup;
use anyhow::{Context, Result, bail};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// The screen; it goes with the value that stands for it.
pub struct Display {
    name: String,
    _server: Child,
}

impl Display {
    /// Starts its server with a size in pixels, and waits until it can be drawn on.
    pub async fn start(width: u32, height: u32) -> Result<Self> {
        let mut server = Command::new(setup::screen()?);
        let size = format!("{width}x{height}x24");
        // Else it would begin anew whenever the last window goes, and turn away whoever comes meanwhile.
        server.args(["-displayfd", "1", "-screen", "0", &size, "-nolisten", "tcp", "-noreset"]);
        server.stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        let (server, number) = said_after(server, "").await?;
        match number {
            Some(number) => Ok(Self { name: format!(":{number}"), _server: server }),
            None => bail!("the screen for the browser ended at once"),
        }
    }

    /// What programs call it.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Starts a program; gives what follows these words on the first line that has them, and nothing where it ends before.
pub(crate) async fn said_after(mut command: Command, words: &str) -> Result<(Child, Option<String>)> {
    let mut process = command.stdout(Stdio::piped()).spawn().with_context(|| format!("could not start {command:?}"))?;
    let output = process.stdout.take().context("its output")?;
    let mut lines = BufReader::new(output).lines();
    let mut said = None;
    while said.is_none() {
        let Some(line) = lines.next_line().await? else { break };
        said = line.split_once(words).map(|(_, rest)| rest.trim().to_owned());
    }
    // What it says later is for nobody, but it would fail if nobody took it.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Ok((process, said))
}
