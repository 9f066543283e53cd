using System.Diagnostics;
using System.Runtime.CompilerServices;
using OrleansBilling.Testing;

namespace OrleansBilling.Storage.Tests.Given;

/// <summary>An in-memory file system of a few megabytes that can be filled to the last byte. Mounting it needs root.</summary>
public sealed class SmallDisk : IDisposable
{
    private const int BlockBytes = 4_096;

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    public static string? SkipReason =>
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? null : "Only root can mount a small disk.";

    public static SmallDisk Mount(int megabytes)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("orleans-billing-disk-").FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0777", "tmpfs", folder);
        return new SmallDisk(folder);
    }

    /// <summary>Uses up all space.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[BlockBytes];
        try
        {
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            // The disk is full.
        }
    }

    /// <summary>Releases the space.</summary>
    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        System.IO.Directory.Delete(Folder);
    }

    private static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command} failed.");
    }
}

/// <summary>A test that needs a really full disk.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute(
        bool postgres = false, [CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = SmallDisk.SkipReason ?? (postgres ? PostgresServer.SkipReason : null);
}
