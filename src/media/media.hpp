// SPDX-License-Identifier: Apache-2.0
// The media engine: RTP legs of a back-to-back agent. It relays, transcodes (G.711 A and mu law), mixes,
// plays call treatments, and receives and sends digits (RFC 4733); whose legs they are it does not know.
//
// One thread of its own per Engine carries the packets; more cores: more engines. Everything below is called
// on the control loop's thread, returns at once and takes effect in the media thread, in order, within about
// a millisecond. Events come back on the control loop.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "base/loop.hpp"
#include "base/result.hpp"

namespace tl::media {

enum class Codec : std::uint8_t { pcmu, pcma }; // static payload types 0 and 8 (RFC 3551, section 6)

// Cadences and frequencies of ringback and busy.
enum class Tones : std::uint8_t { north_american, itu }; // 440+480 / 480+620 Hz; 425 Hz (ITU-T E.180)

struct Options {
  std::string address = "127.0.0.1"; // the local IPv4 or IPv6 address sockets are bound to
  std::uint16_t port_first = 16384;  // even ports of port_first ... port_last are used
  std::uint16_t port_last = 32766;
  std::size_t streams_max = 4000;      // and not more than ports; beyond: LINEERR_RESOURCEUNAVAIL
  std::size_t sockets_idle_max = 2048; // bound sockets kept for the next streams
  Duration quarantine = 2s;            // a closed stream's port rests this long: late packets find nobody
  Duration rtp_timeout = 0s; // StreamEvents::stream_silent after this long without packets; 0: never
  Tones tones = Tones::north_american;
  std::string music_file; // WAV for Treatment::Kind::music without a file; empty: the built-in melody
};

// The far end of a stream as offer and answer settled it (RFC 3264). May be set again at any time.
struct Remote {
  std::string ip;         // IPv4 or IPv6 literal of the far end's SDP ("0.0.0.0" or port 0: nothing is sent)
  std::uint16_t port = 0; // its RTP port
  Codec codec = Codec::pcmu;
  // Payload types of telephone-event: in the far end's SDP, which we send, and in ours, which it sends; -1:
  // not negotiated (digits are then sent as tones in the audio).
  int event_type_send = -1;
  int event_type_receive = -1;
  bool send = true;    // our direction allows sending (sendrecv, sendonly)
  bool receive = true; // our direction allows receiving (sendrecv, recvonly)
  // Symmetric RTP (RFC 4961): send to where packets really come from, also behind a NAT. The first source
  // that sends a few consecutive valid packets is taken and then kept until the next set_remote with another
  // address. Off: packets are taken from `ip` alone and sent to `ip`:`port`.
  bool symmetric = false;
};

// What a stream hears when it is connected to nobody.
struct Treatment {
  enum class Kind : std::uint8_t { silence, ringback, busy, music, announcement } kind = Kind::silence;
  std::string file;  // WAV; must have been given to Engine::load before. Empty: the engine's music
  bool loop = false; // announcement: again from the start (music and tones always do)
};

// One component of a tone that is sent: on and off in turns; never off: steady; never on: nothing.
struct TonePart {
  double frequency_hz = 0;
  Duration on{}, off{};
  double level_dbfs = -16; // its peak
};
constexpr std::size_t tone_parts_max = 4;

// A tone to be found in what is received, when it has lasted so long. No frequency at all: silence.
constexpr std::size_t tone_frequencies_max = 3;
struct ToneWatch {
  std::array<double, tone_frequencies_max> frequencies_hz{}; // 0: none
  Duration lasting{};
  bool operator==(const ToneWatch&) const = default;
};
constexpr std::size_t tone_watches_max = 32; // of one stream

// Streams of one room.
constexpr std::size_t room_streams_max = 32;

class Stream;

// Called on the control loop, never inside a call of Stream or Engine. Handlers may destroy any stream.
class StreamEvents {
public:
  virtual ~StreamEvents() = default;
  // A digit (0-9 * # A-D) began at `at`; once per key press, whatever the network repeats or reorders.
  virtual void stream_digit(Stream&, char /*digit*/, Time /*at*/) {}
  // send_digits() ended; not complete when cancelled or replaced by another send_digits().
  virtual void stream_digits_sent(Stream&, bool /*complete*/) {}
  // The tone listen_for()[watch] has lasted long enough; once for as long as it goes on.
  virtual void stream_tone(Stream&, std::size_t /*watch*/, Time /*at*/) {}
  // A treatment of kind announcement without loop was heard to its end; silence follows.
  virtual void stream_announcement_finished(Stream&) {}
  // Nothing valid was received for Options::rtp_timeout though the far end should send. Once per silence.
  virtual void stream_silent(Stream&) {}
};

// One RTP leg with a local port. Destroy it to end it, before its Engine and after or before its peer.
class Stream {
public:
  virtual ~Stream() = default;

  virtual std::uint16_t local_port() const = 0;
  // Errors: LINEERR_INVALADDRESS (not a literal of the engine's address family), LINEERR_INVALPARAM (payload
  // types).
  virtual Result<void> set_remote(const Remote& remote) = 0;

  // The two hear each other; ends earlier connections and treatments of both. Packets of the same codec pass
  // as they are; of the other law they are transcoded; RFC 4733 digits pass with the payload type mapped.
  // Same engine only.
  virtual void connect(Stream& other) = 0;
  // Hears the sum of all other streams of the engine that are in the same room (any number but 0), without
  // itself, and is heard by them; ends connections and treatments. About 40 ms later than by connect(): so
  // much evens out the jitter. RFC 4733 digits are reported, not passed on. LINEERR_RESOURCEUNAVAIL:
  // room_streams_max are in it.
  virtual Result<void> confer(std::uint32_t room) = 0;
  // Hears the treatment; ends a connection (the peer then hears nothing). LINEERR_INVALPARAM: a file never
  // loaded.
  virtual Result<void> treat(const Treatment& treatment) = 0;
  // Hears nothing and is heard by nobody; nothing is sent.
  virtual void detach() = 0;

  // Sends 0-9 * # A-D and ',' (a pause of 2 s), replacing digits still unsent; other sound pauses meanwhile.
  // "" only cancels. Ends with stream_digits_sent. LINEERR_INVALDIGITS: another character or more than 256 of
  // them.
  virtual Result<void> send_digits(std::string_view digits, Duration each = 100ms, Duration gap = 50ms) = 0;
  // Sends a tone in the place of digits and under the same rules, for `length`; 0: until it is replaced.
  // LINEERR_INVALTONE: none or more than tone_parts_max components.
  virtual Result<void> send_tone(const std::vector<TonePart>& tone, Duration length) = 0;
  // What stream_tone() reports, from now on. LINEERR_RESOURCEUNAVAIL: more than tone_watches_max.
  virtual Result<void> listen_for(const std::vector<ToneWatch>& tones) = 0;
};

// Since the start, over all streams.
struct Counters {
  std::uint64_t packets_received = 0; // everything read from sockets
  std::uint64_t packets_sent = 0;
  std::uint64_t dropped_malformed = 0; // not RTP
  std::uint64_t dropped_stray = 0;     // a port at rest, or a source that is not the far end
  std::uint64_t dropped_unwanted = 0;  // duplicate, unknown payload type, too late, direction off, RTCP
  std::uint64_t dropped_unsent = 0;    // the kernel refused it
  std::uint64_t events_lost = 0;       // the control loop fell behind its limit
  std::size_t streams_open = 0;
  std::size_t sockets_open = 0; // in use, at rest and idle
};

class Engine {
public:
  // Reads the music, checks address and ports, starts the thread. Errors name the option and its remedy.
  // `control` outlives the engine.
  static Result<std::unique_ptr<Engine>> start(Loop& control, Log& log, const Options& options);
  virtual ~Engine() = default; // every stream is destroyed before; joins the thread

  // Reads a WAV file (any rate and channel count libsndfile knows, up to 30 minutes) for treatments; blocks
  // while it reads, so: when configuration is applied. Loading again replaces what later treatments hear.
  // Error: errno or LINEERR_INVALPARAM with the file's name and what is wrong.
  virtual Result<void> load(const std::string& file) = 0;

  // A stream with a bound port; `events` may be null, otherwise outlives the stream.
  // LINEERR_RESOURCEUNAVAIL: streams_max, no free port, or no descriptors.
  virtual Result<std::unique_ptr<Stream>> open(StreamEvents* events) = 0;

  virtual Counters counters() const = 0;
};

} // namespace tl::media
