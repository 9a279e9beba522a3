//! What must hold is in `tests/it/hostile/bytes.rs`.

#![no_main]
#![allow(dead_code)]

#[path = "../../tests/it/hostile/bytes.rs"]
mod checks;
#[path = "../../tests/it/store_support.rs"]
mod store_support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::print(bytes));
