// SPDX-License-Identifier: Apache-2.0
#include "main/unix_door.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/core.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "main/plain_transport.hpp"
#include "main/state_folder.hpp"

namespace tl::program {
namespace {

Error failure(const std::string& path, int error, const char* what) {
  return {error, fmt::format("{}: {}: {}", path, what, std::strerror(error))};
}

// Makes way for a new socket: removes one that nobody listens at.
Result<void> clear(const std::string& path, const sockaddr_un& address) {
  struct stat found {};
  if (lstat(path.c_str(), &found) != 0) return {};
  if (!S_ISSOCK(found.st_mode))
    return Error{
        EEXIST,
        path + ": is not a socket; expected a free name for the server's socket ([tapi] socket, --socket)"};
  Descriptor probe(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  bool answered = connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ||
                  errno == EAGAIN;
  if (answered)
    return Error{
        EADDRINUSE,
        path + ": another server listens there; stop it, or give this one another socket with --socket PATH"};
  if (errno != ECONNREFUSED) return failure(path, errno, "a socket is in the way");
  return unlink(path.c_str()) == 0 ? Result<void>{} : failure(path, errno, "an old socket cannot be removed");
}

Result<Descriptor> listen_at(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return Error{ENAMETOOLONG, fmt::format("{}: longer than {} bytes; expected a shorter path for the "
                                           "server's socket ([tapi] socket, --socket)",
                                           path, sizeof address.sun_path - 1)};
  std::memcpy(address.sun_path, path.data(), path.size());
  std::size_t slash = path.rfind('/');
  if (slash != std::string::npos && slash > 0)
    if (Result<void> made = make_private_folder(path.substr(0, slash)); !made) return made.error();
  if (Result<void> cleared = clear(path, address); !cleared) return cleared.error();

  Descriptor fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (fd.get() < 0) return failure(path, errno, "no socket");
  // The mask, not a later chmod: at no moment may another user connect.
  mode_t mask = umask(0177);
  int bound = bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  int error = errno;
  umask(mask);
  if (bound != 0) return failure(path, error, "the server's socket cannot be created");
  if (listen(fd.get(), SOMAXCONN) != 0) return failure(path, errno, "cannot listen");
  return fd;
}

// Who is at the other end (SO_PEERCRED). Whoever owns this process, or could take it over, administers the
// server.
wire::Identity peer_of(int fd) {
  wire::Identity identity;
  char host[256] = "localhost";
  gethostname(host, sizeof host - 1);
  identity.machine = host;
  ucred peer{};
  socklen_t size = sizeof peer;
  if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return identity;
  identity.process_id = static_cast<std::uint32_t>(peer.pid);
  passwd entry{};
  passwd* user = nullptr;
  char names[4096];
  if (getpwuid_r(peer.uid, &entry, names, sizeof names, &user) == 0 && user)
    identity.user = user->pw_name;
  else
    identity.user = std::to_string(peer.uid);
  identity.administrator = peer.uid == geteuid() || peer.uid == 0;
  return identity;
}

class UnixDoor final : public Door {
public:
  UnixDoor(std::string path, Descriptor fd) : path_(std::move(path)), fd_(std::move(fd)) {}
  ~UnixDoor() override { unlink(path_.c_str()); }

  int fd() const override { return fd_.get(); }
  const std::string& name() const override { return path_; }
  std::unique_ptr<Transport> open(Descriptor fd) override {
    return std::make_unique<PlainTransport>(std::move(fd));
  }
  void identify(const Transport& transport, const wire::Hello&, Answer answer) override {
    answer(peer_of(transport.fd()));
  }

private:
  std::string path_;
  Descriptor fd_;
};

} // namespace

Result<std::unique_ptr<Door>> open_unix_door(const std::string& path) {
  Result<Descriptor> fd = listen_at(path);
  if (!fd) return fd.error();
  return std::unique_ptr<Door>(std::make_unique<UnixDoor>(path, std::move(*fd)));
}

Result<std::unique_ptr<Listener>> listen_unix(Loop& loop, Log& log, wire::SessionHost& host,
                                              const std::string& path, ListenerLimits limits) {
  auto door = open_unix_door(path);
  if (!door) return door.error();
  return Listener::make(loop, log, host, std::move(*door), limits);
}

} // namespace tl::program
