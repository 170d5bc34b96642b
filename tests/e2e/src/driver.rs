//! The browser's driver: a process on a free port, ended with the value that stands for it. What WebKitGTK draws on,
//! a screen that nobody sees, belongs to it.

use crate::display::{Display, said_after};
use crate::engine::Engine;
use crate::setup;
use crate::wait::until;
use anyhow::{Context, Result, bail};
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// How often it is started before that counts as a failure.
const TRIES: u8 = 3;

/// A driver that runs.
pub struct Driver {
    address: String,
    process: Child,
    _display: Option<Display>,
}

impl Driver {
    /// Starts one and waits until it listens. What it keeps for itself goes into the folder. The port is free when it
    /// is looked for; where another program is quicker to take it the driver ends at once, and is started again.
    pub async fn start(engine: Engine, folder: &Path) -> Result<Self> {
        let program = setup::driver(engine)?;
        for _ in 0..TRIES {
            let mut command = Command::new(&program);
            command.env("HOME", folder).stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
            let started = match engine {
                Engine::Chromium => {
                    command.arg("--port=0");
                    Self::telling(command, "started successfully on port ").await?
                }
                Engine::Firefox => {
                    // The port is told as news; the window around the page is where the zoom is.
                    command.args(["--port", "0", "--log", "info", "--allow-system-access"]);
                    Self::telling(command, "Listening on 127.0.0.1:").await?
                }
                Engine::WebKit => Self::on_a_screen(command, folder).await?,
            };
            if let Some(driver) = started {
                return Ok(driver);
            }
        }
        bail!("{} ended {TRIES} times without listening", program.display())
    }

    /// One that finds itself a port and says after these words which.
    async fn telling(command: Command, words: &str) -> Result<Option<Self>> {
        let (process, said) = said_after(command, words).await?;
        let address = |port: String| format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
        Ok(said.map(|port| Self { address: address(port), process, _display: None }))
    }

    /// One that must be told its port and whose browser needs a screen.
    async fn on_a_screen(mut command: Command, folder: &Path) -> Result<Option<Self>> {
        let display = Display::start(1600, 1200).await?;

        // The browser saves files where the person's settings say, so it is given settings.
        let settings = folder.join(".config");
        std::fs::create_dir_all(&settings)?;
        let downloads = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", folder.join("downloads").display());
        std::fs::write(settings.join("user-dirs.dirs"), downloads)?;

        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        command.arg(format!("--port={port}")).stdout(Stdio::null());
        command.env("DISPLAY", display.name()).env("GDK_BACKEND", "x11").env("XDG_CONFIG_HOME", settings);
        let mut process = command.spawn().context("could not start the driver")?;
        let listens = until("a driver that listens", async || {
            if process.try_wait()?.is_some() {
                return Ok(Some(false));
            }
            Ok(TcpStream::connect(("127.0.0.1", port)).await.is_ok().then_some(true))
        });
        let listens = listens.await?;
        let address = format!("http://127.0.0.1:{port}");
        Ok(listens.then_some(Self { address, process, _display: Some(display) }))
    }

    /// The number of its process, from which the browser's descend.
    pub fn process(&self) -> Option<u32> {
        self.process.id()
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }
}
