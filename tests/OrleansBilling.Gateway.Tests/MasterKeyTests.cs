using System.Security.Cryptography;
using System.Text;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Server;
using OrleansBilling.Server.Composition;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The master key on SQLite: a file beside the data, without which the secrets in a backup stay secrets.</summary>
public sealed class MasterKeyTests
{
    private const string Body = """{"role":"seller","seller_id":"acme"}""";

    [Fact]
    public async Task A_restored_backup_shows_its_secrets_again_and_only_with_its_own_master_key()
    {
        using var directory = new DataDirectory();
        using var backup = new DataDirectory();
        Reply made;
        await using (var gateway = await TestGateway.StartInAsync(directory))
            made = (await gateway.Admin.PostAsync("/v1/api-keys", Body, "k")).Expect(201);
        var masterKey = Path.Combine(directory.Path, SecretsOpening.FileName);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(masterKey));
        byte[][] secrets =
        [
            Encoding.ASCII.GetBytes(made.String("key")!), await File.ReadAllBytesAsync(masterKey), "<masterKey"u8.ToArray(),
        ];
        foreach (var file in Directory.EnumerateFiles(directory.Path).Where(file => file != masterKey))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            Assert.All(secrets, secret => Assert.Equal(-1, bytes.AsSpan().IndexOf(secret)));
            File.Copy(file, Path.Combine(backup.Path, Path.GetFileName(file)));
        }

        var restored = Path.Combine(backup.Path, SecretsOpening.FileName);
        Assert.StartsWith($"{restored} is missing: ", await FailToStartAsync(backup), StringComparison.Ordinal);
        await File.WriteAllTextAsync(restored, Convert.ToBase64String(new byte[MasterKey.Bytes]));
        Assert.StartsWith("master.key is not the one ", await FailToStartAsync(backup), StringComparison.Ordinal);
        Assert.StartsWith(
            "Billing__MasterKey is not the one ",
            await FailToStartAsync(backup, $"--Billing:MasterKey={Convert.ToBase64String(new byte[MasterKey.Bytes])}"),
            StringComparison.Ordinal);
        await File.WriteAllTextAsync(restored, "secret");
        Assert.Contains("is not a master key", await FailToStartAsync(backup), StringComparison.Ordinal);

        File.Copy(masterKey, restored, overwrite: true);
        await using var again = await TestGateway.StartInAsync(backup);
        var replayed = (await again.Admin.PostAsync("/v1/api-keys", Body, "k")).Expect(201);
        Assert.Equal((true, made.Text), (replayed.Replayed, replayed.Text));
        (await again.As(made.String("key")).GetAsync("/v1/subscriptions")).Expect(200);
    }

    [Fact]
    public void A_wrapped_key_opens_with_its_master_and_its_name_only()
    {
        var master = new MasterKey(new byte[MasterKey.Bytes], RandomNumberGenerator.Fill);
        var wrapped = master.Wrap("key-1", "content"u8);
        Assert.NotEqual(wrapped, master.Wrap("key-1", "content"u8));
        Assert.Equal("content"u8, master.Open("key-1", wrapped));

        var other = new MasterKey([.. Enumerable.Repeat((byte)1, MasterKey.Bytes)], RandomNumberGenerator.Fill);
        Assert.NotEqual(master.Name, other.Name);
        Assert.ThrowsAny<CryptographicException>(() => other.Open("key-1", wrapped));
        Assert.ThrowsAny<CryptographicException>(() => master.Open("key-2", wrapped));
        Assert.ThrowsAny<CryptographicException>(() => master.Open("key-1", wrapped.AsSpan(0, 27)));
        wrapped[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => master.Open("key-1", wrapped));
    }

    private static async Task<string> FailToStartAsync(DataDirectory directory, params string[] settings)
    {
        string[] arguments = [$"--Billing:DataDirectory={directory.Path}", "--urls=http://127.0.0.1:0", .. settings];
        return (await Assert.ThrowsAsync<StartupException>(() => ServerHost.OpenAsync(arguments))).Message;
    }
}
