//! Packages of Debian-like systems: the only thing that the set-up installs outside `.tools/`.
//!
//! It never removes a package, and it says what it installs before it does.

use crate::process::{capture, find_on_path, line, run, say};
use anyhow::{Context, Result};
use std::fs;
use std::io::IsTerminal;
use std::process::Command;

/// A working apt, with the right to use it.
#[derive(Debug)]
pub struct Apt {
    /// What apt is started through; empty when this is root already.
    prefix: Vec<&'static str>,
}

impl Apt {
    /// Finds apt where this user is root or may become it.
    pub fn find() -> Option<Self> {
        let release = fs::read_to_string("/etc/os-release").ok()?;
        if !is_debian_like(&release) || find_on_path(&["apt-get"]).is_none() {
            return None;
        }
        let root = capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
        let prefix = if root {
            vec![]
        } else if find_on_path(&["sudo"]).is_none() {
            return None;
        } else if std::io::stdin().is_terminal() {
            vec!["sudo"]
        } else if capture(Command::new("sudo").args(["-n", "true"])).is_ok() {
            vec!["sudo", "-n"]
        } else {
            return None;
        };
        Some(Self { prefix })
    }

    /// Installs packages, saying before which and what for.
    pub fn install(&self, purpose: &str, packages: &[&str]) -> Result<()> {
        let mut install = self.command(&["install", "-y", "--no-install-recommends", "--no-remove"]);
        install.args(packages);
        say(&format!("Installing {purpose}: `{}`", line(&install)));
        // Fresh lists first: old ones name packages that the mirrors no longer have.
        run(&mut self.command(&["update", "-q"])).context("apt could not fetch its lists")?;
        run(&mut install)
            .with_context(|| format!("{purpose} could not be installed; when apt works again, run this command again"))
    }

    fn command(&self, words: &[&str]) -> Command {
        let start = self.prefix.iter().chain(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        let mut start = start.copied();
        let mut command = Command::new(start.next().unwrap_or("env"));
        command.args(start);
        command.args(["-o", "DPkg::Lock::Timeout=300"]);
        command.args(words);
        command
    }
}

/// Whether `/etc/os-release` speaks of Debian or of a system made from it.
fn is_debian_like(release: &str) -> bool {
    release.lines().any(|line| {
        let value = line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE="));
        value.is_some_and(|value| {
            value.trim_matches('"').split_whitespace().any(|name| name == "debian" || name == "ubuntu")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_made_from_debian_are_known() {
        assert!(is_debian_like("PRETTY_NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(is_debian_like("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!is_debian_like("ID=fedora\nNAME=\"not debian\"\n"));
    }
}
