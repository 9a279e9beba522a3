//! Key strings at the desk; what must hold is in `tests/it/hostile/keys.rs`.

#![no_main]
#![allow(dead_code, unused_imports)]

#[path = "../../tests/it/hostile/keys.rs"]
mod checks;
#[path = "../../tests/it/screens"]
mod screens {
    pub(crate) mod story;
    pub(crate) mod world;
}

libfuzzer_sys::fuzz_target!(|keys: &[u8]| checks::press(keys));
