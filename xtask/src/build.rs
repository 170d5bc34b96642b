//! From sources to a site: compile for the browser, bind, optimise, put together.
//!
//! The binding step runs here as a library of exactly the version that Cargo.lock names, so no
//! tool has to be installed for it. This never installs anything itself.

use crate::lean;
use crate::npm::Npm;
use crate::onefile;
use crate::process::{capture, line, run, say};
use crate::project::Project;
use crate::shrink;
use crate::site::{self, App, Full, Made};
use crate::toolchain::{TARGET, WasmToolchain};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// The program of the root crate.
const BINARY: &str = "annotator";

/// What the compiler may use, as it says itself; wasm-opt has to be told.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// How wasm-opt makes it small: small once compressed, which what is said twice in the same words
/// becomes by itself.
const OPTIMISE: &[&str] = &[
    "--skip-pass=local-cse",
    "--skip-pass=simplify-locals",
    "--skip-pass=merge-similar-functions",
    "--skip-pass=memory-packing",
    "-Oz",
    "--converge",
    // What one may know of addresses is of no use to browsers, and it is the same everywhere then.
    "--dealign",
    // Functions of like names stand together, for they are alike, and what is near is said in fewer bytes.
    "--reorder-functions-by-name",
    "--flexible-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=0",
    // The first kilobyte is the far end of the stack, where no object stands.
    "--low-memory-unused",
    // What `weight` reads, while the names are still there.
    "--print-function-map",
];

/// The script that starts the app from a site: where its parts are, that it is kept, and the start.
const SITE: &str = include_str!("../web/site.js");
const OFFLINE: &str = include_str!("../web/offline.js");
const BOOT: &str = include_str!("../web/boot.js");

/// The script that takes saved web pages apart, and what stands in front of it for the sake of whose library is in it.
const EXTRACT: &str = include_str!("../web/extract.js");
const READABILITY_NOTICE: &str = "/*! With Readability @READABILITY@, Copyright (c) 2010 Arc90 Inc, \
    github.com/mozilla/readability, Apache License 2.0: www.apache.org/licenses/LICENSE-2.0 */\n";

/// What only people and tools read goes.
const STRIP: &[&str] = &["--strip-debug", "--strip-producers", "--strip-target-features"];

/// Makes the quick, unoptimised site and gives back the files that one visit loads.
pub fn dev(project: &Project, toolchain: &WasmToolchain, out: &Path) -> Result<Made> {
    let mut cargo = toolchain.cargo(project, "build");
    // The names of functions stay without it; binding is several times quicker.
    cargo.args(["--config", "profile.dev.debug=false", "--bin", BINARY]);
    compile(&mut cargo)?;
    let bound = bind(project, "debug", false)?;
    let app = collect(&bound)?;
    site::write(project.root(), &app, out)
}

/// Makes the optimised site, with the one file.
///
/// The page's program leaves out all formats but the writing of the project file; the full one comes when it is
/// asked for, and the one file has only that.
pub fn release(project: &Project, toolchain: &WasmToolchain, npm: &Npm, out: &Path) -> Result<Made> {
    let (full, bound) = optimised(project, toolchain, npm, Program::Full)?;
    let start = onefile::classic(&minify(npm, &onefile::start(&full.js)?, &bound.join("start.js"))?);
    let plain = minify(npm, onefile::PLAIN, &bound.join("plain.js"))?;
    let extract = extractor(npm)?;
    let given = format!("{extract}document.currentScript.needs(extract)");
    let inside = onefile::classic(&minify(npm, &given, &bound.join("extract.js"))?);
    let alone = onefile::Scripts { plain, packed: vec![("start", start), ("extract", inside)] };
    let full = Full { js: minify(npm, &full.js, &bound.join("loader.js"))?, wasm: full.wasm };
    let (mut app, bound) = optimised(project, toolchain, npm, Program::Page)?;
    app.alone = Some(alone);
    app.full = Some(full);
    app.extract = Some(on_site(npm, &extract, &bound)?);
    app.boot = [SITE, OFFLINE, BOOT].concat();
    write_small(project, npm, app, &bound, out)
}

/// Makes the same site to be looked at while it is worked on: nothing of it is kept for later, and one program does
/// everything.
pub fn passing(project: &Project, toolchain: &WasmToolchain, npm: &Npm, out: &Path) -> Result<Made> {
    let (mut app, bound) = optimised(project, toolchain, npm, Program::Full)?;
    app.extract = Some(on_site(npm, &extractor(npm)?, &bound)?);
    write_small(project, npm, app, &bound, out)
}

/// The script that takes web pages apart, joined with its library, as it was written.
fn extractor(npm: &Npm) -> Result<String> {
    let (library, version) = npm.readability()?;
    let notice = READABILITY_NOTICE;
    Ok([notice, &library, EXTRACT].concat().replace("@READABILITY@", &version))
}

/// The same as a module.
fn on_site(npm: &Npm, extract: &str, scratch: &Path) -> Result<String> {
    minify(npm, &format!("{extract}export {{ extract }};"), &scratch.join("extract.js"))
}

/// Which of the two programs.
#[derive(Clone, Copy, PartialEq)]
enum Program {
    /// The one that a visit loads.
    Page,
    /// The one that knows all formats.
    Full,
}

/// The optimised app and the folder in which it was made. Its scripts are as they were written.
fn optimised(project: &Project, toolchain: &WasmToolchain, npm: &Npm, which: Program) -> Result<(App, PathBuf)> {
    let mut cargo = toolchain.cargo(project, "build");
    cargo.args(["--release", "--bin", BINARY]);
    match which {
        Program::Full => say("Compiling the program that knows all formats, optimised"),
        Program::Page => {
            say("Compiling the page's program, optimised");
            cargo.arg("--no-default-features");
        }
    }
    lean::set(&mut cargo, toolchain);
    compile(&mut cargo)?;
    let bound = bind(project, "release", true)?;
    let wasm = bound.join(format!("{BINARY}_bg.wasm"));
    let names = optimise(npm, &wasm, STRIP)?;
    keep_names(project, &names)?;
    let mut app = collect(&bound)?;
    app.js = shrink::with_modules(&app.js, |path| {
        let file = bound.join(path);
        fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))
    })?;
    app.snippets = None;
    (app.js, app.wasm) = shrink::names(&app.js, &app.wasm).context("the names of the program can't be made short")?;
    app.js = shrink::catching(&app.js)?;
    Ok((app, bound))
}

fn write_small(project: &Project, npm: &Npm, mut app: App, bound: &Path, out: &Path) -> Result<Made> {
    app.js = minify(npm, &app.js, &bound.join("loader.js"))?;
    app.boot = minify(npm, &app.boot, &bound.join("boot.js"))?;
    site::write(project.root(), &app, out)
}

/// Makes the optimised site with the names of functions left in, for a profiler. It is the same program otherwise.
pub fn profiling(project: &Project, toolchain: &WasmToolchain, npm: &Npm, out: &Path) -> Result<Made> {
    say("Compiling for the browser, optimised, with names");
    let mut cargo = toolchain.cargo(project, "build");
    cargo.args(["--release", "--bin", BINARY]);
    lean::set(&mut cargo, toolchain);
    compile(&mut cargo)?;
    let bound = bind(project, "release", false)?;
    optimise(npm, &bound.join(format!("{BINARY}_bg.wasm")), &["-g"])?;
    site::write(project.root(), &collect(&bound)?, out)
}

/// The compiler explains itself; its long command line would only hide that.
fn compile(cargo: &mut Command) -> Result<()> {
    let status = cargo.status().with_context(|| format!("could not start `{}`", line(cargo)))?;
    if !status.success() {
        bail!("the app does not compile; the compiler says above why");
    }
    Ok(())
}

/// Writes the module that loads the program beside the program, and gives back their folder.
fn bind(project: &Project, profile: &str, lean: bool) -> Result<PathBuf> {
    let compiled = project.wasm_target().join(TARGET).join(profile).join(format!("{BINARY}.wasm"));
    let bound = project.wasm_target().join("bound").join(profile);
    if bound.exists() {
        fs::remove_dir_all(&bound).with_context(|| format!("could not clear {}", bound.display()))?;
    }
    Bindgen::new()
        .input_path(&compiled)
        .web(true)
        .and_then(|bindgen| bindgen.typescript(false).remove_producers_section(lean).generate(&bound))
        .with_context(|| format!("binding {} failed", compiled.display()))?;
    Ok(bound)
}

/// Where the names of the program's functions are kept, which the program itself has lost.
pub fn names(project: &Project) -> PathBuf {
    project.wasm_target().join("bound").join("functions.txt")
}

fn keep_names(project: &Project, list: &str) -> Result<()> {
    let file = names(project);
    fs::write(&file, list).with_context(|| format!("could not write {}", file.display()))
}

/// Makes the program smaller, in place, and gives back the list of its functions.
fn optimise(npm: &Npm, wasm: &Path, names: &[&str]) -> Result<String> {
    say("Optimising with wasm-opt");
    let mut command = Command::new("node");
    command.arg(npm.wasm_opt()).args(OPTIMISE).args(names).args(FEATURES).arg(wasm).arg("-o").arg(wasm);
    capture(&mut command)
}

/// A script without what only people read.
fn minify(npm: &Npm, js: &str, scratch: &Path) -> Result<String> {
    fs::write(scratch, js).with_context(|| format!("could not write {}", scratch.display()))?;
    let mut command = Command::new("node");
    command
        .arg(npm.terser())
        .arg(scratch)
        .args([
            "--module",
            "--compress",
            "ecma=2020,passes=2,unsafe_arrows,hoist_funs,pure_getters",
            "--mangle",
            "--comments",
            "/^!/",
            "--format",
            "ascii_only",
            "-o",
        ])
        .arg(scratch);
    run(&mut command)?;
    fs::read_to_string(scratch).with_context(|| format!("could not read {}", scratch.display()))
}

fn collect(bound: &Path) -> Result<App> {
    let wasm_name = format!("{BINARY}_bg.wasm");
    let js = bound.join(format!("{BINARY}.js"));
    let wasm = bound.join(&wasm_name);
    let snippets = bound.join("snippets");
    Ok(App {
        boot: [SITE, BOOT].concat(),
        alone: None,
        js: fs::read_to_string(&js).with_context(|| format!("could not read {}", js.display()))?,
        wasm: fs::read(&wasm).with_context(|| format!("could not read {}", wasm.display()))?,
        wasm_name,
        snippets: snippets.is_dir().then_some(snippets),
        full: None,
        extract: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The version that Cargo.lock names for a package.
    fn locked(lock: &str, package: &str) -> String {
        let at = lock.find(&format!("name = \"{package}\"\n")).unwrap();
        let rest = lock[at..].split("version = \"").nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    /// What the script that takes pages apart finds, as node runs it without the library.
    fn found(script: &str) -> String {
        let mut node = Command::new("node");
        let found = node.args(["-e", &format!("{EXTRACT}\n{script}")]).output().unwrap();
        assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stderr));
        String::from_utf8(found.stdout).unwrap().trim().to_owned()
    }

    #[test]
    fn a_page_says_its_encoding() {
        for (page, expected) in [
            ("<meta charset=\"windows-1252\">", "windows-1252"),
            ("<head><META CharSet = 'ISO-8859-2' />", "iso-8859-2"),
            ("<meta http-equiv=Content-Type content=\"text/html; charset=shift_jis\">", "shift_jis"),
            ("<meta name=a><!-- <meta charset=big5> --><meta charset=gbk>", "gbk"),
            ("<meta charset=utf-16le>", "utf-8"),
            ("<meta charset=nothing>é", "utf-8"),
            ("\u{feff}<meta charset=koi8-r>", "utf-8"),
            ("<p>charset=koi8-r", "utf-8"),
            ("<meta charset", "utf-8"),
            ("", "utf-8"),
        ] {
            let script = format!("console.log(encodingOf(new TextEncoder().encode({page:?})))");
            assert_eq!(found(&script), expected, "{page}");
        }
        for (bytes, expected) in
            [("0xff, 0xfe, 60, 0", "utf-16le"), ("0, 60, 0, 104", "utf-16be"), ("60, 112, 62, 0xe9", "windows-1252")]
        {
            assert_eq!(found(&format!("console.log(encodingOf(new Uint8Array([{bytes}])))")), expected, "{bytes}");
        }
    }

    #[test]
    fn blanks_without_end_take_no_time() {
        let start = std::time::Instant::now();
        assert_eq!(found("console.log(trimmed(' '.repeat(2e6) + 'x' + ' '.repeat(2e6)).length)"), "2000001");
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }

    #[test]
    fn what_is_renamed_on_the_way_through_the_parser_comes_back() {
        let script = "let seen;
            globalThis.DOMParser = class { parseFromString(text) { seen = text; return { querySelectorAll: () => [] }; } };
            const text = '<p style=x onclick = y><STYLE>a{}</style>style = one, content=on'; parsed(text, (text) => text);
            console.log(/ (style|onclick)[ =]|<.?style/i.test(seen), shown(seen))";
        assert_eq!(found(script), "false <p style=x onclick = y><noframes>a{}</noframes>style = one, content=on");
    }

    #[test]
    fn the_binding_step_has_the_version_of_the_bindings() {
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        let lock = fs::read_to_string(lock).unwrap();
        let bindings = locked(&lock, "wasm-bindgen");
        assert_eq!(locked(&lock, "wasm-bindgen-cli-support"), bindings);
        assert_eq!(locked(&lock, "wasm-bindgen-cli"), bindings);
    }
}
