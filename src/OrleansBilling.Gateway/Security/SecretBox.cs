using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Gateway.Security;

/// <summary>
/// Encrypts what is a secret and has to be read again, with ASP.NET Data Protection and a key ring that all processes share. Without a
/// master key it encrypts nothing, and callers keep no secret.
/// </summary>
internal sealed class SecretBox : ISecretBox, IAsyncDisposable
{
    /// <summary>Part of every cipher: other names could not be decrypted.</summary>
    private const string Application = "orleans-billing";

    /// <summary>How long an unknown key does not make it read the ring again.</summary>
    private static readonly TimeSpan RereadPause = TimeSpan.FromSeconds(10);

    private readonly Func<Protection>? protect;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private Protection? current;
    private long readAt;

    private SecretBox(Func<Protection>? protect, TimeProvider time, WrappedKeyRing? ring)
    {
        Ring = ring;
        this.protect = protect;
        this.time = time;
        if (protect is not null) Reread();
    }

    /// <inheritdoc/>
    public bool CanKeep => protect is not null;

    /// <summary>The keys, for whoever else encrypts with Data Protection; null without a master key.</summary>
    public WrappedKeyRing? Ring { get; }

    /// <summary>A box without a master key.</summary>
    public static SecretBox Without(TimeProvider time) => new(null, time, null);

    /// <summary>Opens the key ring, and makes its first key if there is none.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="CryptographicException">A key of the ring is damaged.</exception>
    public static SecretBox Open(IKeyRing ring, MasterKey master, TimeProvider time, ILoggerFactory loggers)
    {
        var wrapped = new WrappedKeyRing(ring, master);
        var box = new SecretBox(() => new Protection(wrapped, loggers), time, wrapped);
        box.Seal("", "start"u8.ToArray());
        return box;
    }

    /// <inheritdoc/>
    public byte[] Seal(string purpose, byte[] secret) => Current(purpose).Protect(secret);

    /// <inheritdoc/>
    public byte[]? TryUnseal(string purpose, byte[] cipher)
    {
        if (protect is null) return null;
        try
        {
            return Current(purpose).Unprotect(cipher);
        }
        catch (CryptographicException) when (MayReread())
        {
            // Another process may have made the key after this one read the ring.
        }
        catch (CryptographicException)
        {
            return null;
        }

        try
        {
            return Current(purpose).Unprotect(cipher);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (current is not null) await current.DisposeAsync();
    }

    private IDataProtector Current(string purpose) =>
        (current ?? throw new InvalidOperationException("Without a master key, nothing is encrypted.")).For(purpose);

    private bool MayReread()
    {
        lock (gate)
        {
            if (time.GetElapsedTime(readAt) < RereadPause) return false;
            Reread();
            return true;
        }
    }

    private void Reread()
    {
        current = protect!();
        readAt = time.GetTimestamp();
    }

    private sealed class Protection : IAsyncDisposable
    {
        private readonly ServiceProvider services;
        private readonly IDataProtectionProvider provider;

        public Protection(WrappedKeyRing ring, ILoggerFactory loggers)
        {
            services = new ServiceCollection()
                .AddSingleton(loggers)
                .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
                .AddDataProtection(options => options.ApplicationDiscriminator = Application)
                .Services.Configure<KeyManagementOptions>(options => options.XmlRepository = ring)
                .BuildServiceProvider();
            provider = services.GetRequiredService<IDataProtectionProvider>();
        }

        public IDataProtector For(string purpose) => provider.CreateProtector(Application, purpose);

        public ValueTask DisposeAsync() => services.DisposeAsync();
    }
}
