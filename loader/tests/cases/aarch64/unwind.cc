//@ cc: -O2 -fPIC -ffunction-sections -fdata-sections -fasynchronous-unwind-tables -mbranch-protection=pac-ret+b-key
//@ define: host = 0x1001_0000
//@ define: __gxx_personality_v0 = 0x40_0000
//@ define: _Unwind_Resume = 0x40_1000
//@ define: __cxa_begin_catch = 0x40_2000
//@ define: __cxa_end_catch = 0x40_3000
//@ check: .eh_frame + 0x28 + i32(.eh_frame + 0x28) = live_catch
//@ check: .eh_frame + 0x31 + i32(.eh_frame + 0x31) = .gcc_except_table.live_catch
//@ check: u64(.eh_frame + 0x14 + i32(.eh_frame + 0x14)) = __gxx_personality_v0
// Records of frames that save x30, with a personality routine and signed return addresses, are taken.
extern "C" void host();
struct Guard { ~Guard() { host(); } };
extern "C" int live_catch(int x) { Guard guard; try { host(); } catch (...) { return 1; } return x; }
