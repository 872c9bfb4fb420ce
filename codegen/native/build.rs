//! Tells the sources which Cranelift they meet: `new_cranelift` from 0.120 on.
use std::path::Path;

fn main() {
    println!("cargo:rustc-check-cfg=cfg(new_cranelift)");
    let folder = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let lock = Path::new(&folder).join("Cargo.lock");
    println!("cargo:rerun-if-changed={}", lock.display());
    let text = std::fs::read_to_string(&lock).expect("cargo has written Cargo.lock");
    let mut lines = text.lines();
    let version = loop {
        match lines.next() {
            Some("name = \"cranelift-codegen\"") => break lines.next().unwrap_or(""),
            Some(_) => {}
            None => panic!("Cargo.lock names no cranelift-codegen"),
        }
    };
    let minor = version.trim_start_matches("version = \"").split('.').nth(1);
    if minor.and_then(|n| n.parse::<u32>().ok()).expect("a version has a minor number") >= 120 {
        println!("cargo:rustc-cfg=new_cranelift");
    }
}
