//! A browser without a screen, spoken to through its debugging pipe, so that a page can be looked at as people do.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// A page in a browser of its own, which ends with it.
pub struct Page {
    browser: Child,
    to: File,
    from: BufReader<File>,
    session: String,
    number: u64,
    /// What went wrong on the page so far: uncaught errors, and what was written to the console as one.
    pub errors: Vec<String>,
    /// Addresses that the page asked for.
    pub requests: Vec<String>,
    _folder: tempfile::TempDir,
}

/// The browser, by the names it goes by.
fn program() -> PathBuf {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let runs = |name: &&str| Command::new(name).arg("--version").output().is_ok_and(|out| out.status.success());
    let found = names.into_iter().find(|name| runs(name));
    found.map(PathBuf::from).unwrap_or_else(|| panic!("there is no chromium; `sh tools/browser.sh` installs it"))
}

impl Page {
    /// Opens a file at a size of the window, and waits until the page says that it is ready.
    pub fn open(file: &Path, width: u32, height: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (there, back) = (folder.path().join("there"), folder.path().join("back"));
        assert!(Command::new("mkfifo").args([&there, &back]).status().unwrap().success());
        // The browser reads commands from its descriptor 3 and writes to 4.
        let browser = Command::new("sh")
            .arg("-c")
            .arg("exec \"$0\" \"$@\" 3<\"$ALTYN_THERE\" 4>\"$ALTYN_BACK\"")
            .arg(program())
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"])
            .args(["--remote-debugging-pipe", "--no-first-run", "--disable-extensions", "--force-color-profile=srgb"])
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .arg("about:blank")
            .env("ALTYN_THERE", &there)
            .env("ALTYN_BACK", &back)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let to = File::options().write(true).open(&there).unwrap();
        let from = BufReader::new(File::open(&back).unwrap());
        let mut page = Self {
            browser,
            to,
            from,
            session: String::new(),
            number: 0,
            errors: Vec::new(),
            requests: Vec::new(),
            _folder: folder,
        };
        let target = page.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attached = page.call("Target.attachToTarget", json!({ "targetId": target["targetId"], "flatten": true }));
        page.session = attached["sessionId"].as_str().unwrap().to_owned();
        for domain in ["Page", "Runtime", "Log", "Network"] {
            page.call(&format!("{domain}.enable"), json!({}));
        }
        page.resize(width, height);
        page.call("Page.navigate", json!({ "url": format!("file://{}", file.display()) }));
        page.wait("document.documentElement.dataset.ready === 'true'");
        page
    }

    /// Changes the size of the window.
    pub fn resize(&mut self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    /// The value of an expression.
    pub fn evaluate(&mut self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", asked);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Waits until an expression is true.
    pub fn wait(&mut self, expression: &str) {
        let patience = std::time::Duration::from_secs(120);
        let start = std::time::Instant::now();
        // While the page is changed for another, there may be nothing to ask.
        let asked = json!({ "expression": expression, "returnByValue": true });
        let is_true =
            |answer: Result<Value, Value>| answer.is_ok_and(|answer| answer["result"]["value"] == json!(true));
        while !is_true(self.ask("Runtime.evaluate", asked.clone())) {
            assert!(start.elapsed() < patience, "{expression} does not become true; {:?}", self.errors);
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }

    /// Chooses an entry of a list, as people do, and waits until everything is drawn anew.
    pub fn choose(&mut self, list: &str, text: &str) {
        let chosen = self.evaluate(&format!(
            "(() => {{ const list = document.getElementById('{list}'); \
             const option = [...list.options].find((one) => one.textContent === '{text}'); if (!option) return false; \
             list.value = option.value; list.dispatchEvent(new Event('change')); return true; }})()"
        ));
        assert_eq!(chosen, json!(true), "`{list}` has no entry `{text}`");
        self.wait("document.documentElement.dataset.ready === 'true'");
    }

    /// Numbers of the rows of the first table in an element: by the row's key, in the order of the columns.
    pub fn rows(&mut self, id: &str) -> BTreeMap<String, Vec<f64>> {
        let rows = self.evaluate(&format!(
            "Object.fromEntries([...document.querySelectorAll('#{id} tr[data-key]')].map((row) => [row.dataset.key, \
             [...row.querySelectorAll('td[data-value]')].map((cell) => Number(cell.dataset.value))]))"
        ));
        serde_json::from_value(rows).unwrap()
    }

    fn call(&mut self, method: &str, params: Value) -> Value {
        self.ask(method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    fn ask(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        self.number += 1;
        let mut message = json!({ "id": self.number, "method": method });
        message["params"] = params;
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.to.write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            let mut bytes = Vec::new();
            self.from.read_until(0, &mut bytes).unwrap();
            assert!(bytes.pop().is_some(), "the browser has ended");
            let message: Value = serde_json::from_slice(&bytes).unwrap();
            if message["id"] == json!(self.number) {
                return message.get("error").map_or_else(|| Ok(message["result"].clone()), |error| Err(error.clone()));
            }
            self.note(&message);
        }
    }

    fn note(&mut self, message: &Value) {
        let params = &message["params"];
        match message["method"].as_str().unwrap_or("") {
            "Runtime.exceptionThrown" => self.errors.push(params["exceptionDetails"].to_string()),
            "Runtime.consoleAPICalled" if params["type"] == "error" || params["type"] == "assert" => {
                self.errors.push(params["args"].to_string());
            }
            "Log.entryAdded" if params["entry"]["level"] == "error" => self.errors.push(params["entry"].to_string()),
            "Network.requestWillBeSent" => {
                self.requests.push(params["request"]["url"].as_str().unwrap_or("").to_owned());
            }
            _ => {}
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.browser.kill();
        let _ = self.browser.wait();
    }
}
