# The formula of a tap. Of a release fill in VERSION, REPOSITORY (where the releases are) and the
# four checksums from its SHA256SUMS; the words in capitals are all there is to fill in.
class Proofmark < Formula
  desc "Terminal desk on which a fact-checker reviews an article"
  homepage "https://github.com/REPOSITORY"
  version "VERSION"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "https://github.com/REPOSITORY/releases/download/v#{version}/proofmark-v#{version}-aarch64-apple-darwin.tar.gz"
      sha256 "SHA256_AARCH64_APPLE_DARWIN"
    end
    on_intel do
      url "https://github.com/REPOSITORY/releases/download/v#{version}/proofmark-v#{version}-x86_64-apple-darwin.tar.gz"
      sha256 "SHA256_X86_64_APPLE_DARWIN"
    end
  end

  on_linux do
    on_arm do
      url "https://github.com/REPOSITORY/releases/download/v#{version}/proofmark-v#{version}-aarch64-unknown-linux-gnu.tar.gz"
      sha256 "SHA256_AARCH64_UNKNOWN_LINUX_GNU"
    end
    on_intel do
      url "https://github.com/REPOSITORY/releases/download/v#{version}/proofmark-v#{version}-x86_64-unknown-linux-gnu.tar.gz"
      sha256 "SHA256_X86_64_UNKNOWN_LINUX_GNU"
    end
  end

  def install
    bin.install "proofmark"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/proofmark.bash" => "proofmark"
    zsh_completion.install "completions/_proofmark"
    fish_completion.install "completions/proofmark.fish"
  end

  test do
    (testpath/"story.txt").write "Fares fell 12 percent last year, the agency said.\n"
    assert_match "Fares fell 12 percent", shell_output("#{bin}/proofmark detect story.txt")
  end
end
